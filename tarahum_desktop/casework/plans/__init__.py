"""Plans: which services a family is proposed and why they may be given, who decides, in which sitting, by which rules."""
