"""The forms themselves: their versions, publishing, sheets of other makers, and questionnaires beside the visit."""
