"""Questionnaires written as XLSForm, the field's convention for forms in a spreadsheet, become form documents.

Pure: rows of text in, a document for the one form engine out. Whatever the engine cannot do is told by sheet and row
instead of being left out unseen. See https://xlsform.org/en/ and https://getodk.github.io/xforms-spec/.
"""
