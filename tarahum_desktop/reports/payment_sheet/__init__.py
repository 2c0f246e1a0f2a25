"""The payment sheet as a workbook for finance, and the same workbook as it comes back with what was paid."""
