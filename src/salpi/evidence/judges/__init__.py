"""Judges: what a number measures, of whom, of when and how sure, each learned from annotated documents.

A judge sees a number's surroundings as traits with names of features ("the nearest measure on the left is *exports*", "a word
before it has the sense *sell-abroad*"). What they add to a small hidden layer speaks for each candidate (see ``nets.py``; the judge
of status adds weights alone), and its probabilities are the candidates' shares (softmax). The weights are fitted by ``training/`` on
annotated documents (``tests/gold``) and shipped as data. A catalogue's ids share the weights of the concepts that they are made of,
so that an id that no document has shown is found by its phrases.
"""
