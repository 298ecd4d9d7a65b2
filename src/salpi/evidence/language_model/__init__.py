"""A language model beside the grammar, behind an OpenAI-compatible endpoint; off unless one is named.

It points at places in the text that the grammar passed over, and says what they are about. Only that is taken of its answer: the
span must stand in the text, the grammar must read the same number in it, every field must be one that the catalogue or the text
knows. ``endpoint`` names it, ``client`` asks, ``prompt`` is what is asked, ``answer`` what came back, ``accept`` what is kept of
it, ``cache`` spares a second question, ``beside`` puts these together.
"""
