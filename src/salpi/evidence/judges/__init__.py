"""Judges: what a number measures, of whom, of when and how sure, each learned from annotated documents.

Each judge is a log-linear model. It sees a number's surroundings as traits with names of features ("the nearest measure on the
left is *exports*", "a word before it has the sense *sell-abroad*"), adds their weights for each candidate, and its probabilities
are the candidates' shares (softmax). The weights are fitted by ``training/`` on annotated documents (``tests/gold``) and shipped as data. A catalogue's ids share the weights of the
concepts that they are made of, so that an id that no document has shown is found by its phrases.
"""
