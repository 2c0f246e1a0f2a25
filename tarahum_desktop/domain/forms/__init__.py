"""Forms are data: a versioned document of sections, fields and rules, and one engine that answers it.

Headquarters changes a form by publishing a new document, not a new program. Nothing here knows a widget,
a table or a file; every rule is a small expression that always ends and can touch nothing but the answers.
"""
