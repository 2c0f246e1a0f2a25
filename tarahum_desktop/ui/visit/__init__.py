"""The visit form: any form document, one section at a time, every finished answer kept at once."""
