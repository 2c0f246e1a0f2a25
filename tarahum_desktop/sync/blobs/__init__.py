"""Contents of attachments: kept in chunks by their hash, moved after the records and apart from them."""
