"""spaCy's English tokenizer and nothing else: the limit of what stands on its tokens."""

import spacy
from turns import bodies, take_turns

take_turns(bodies(), spacy.blank("en").make_doc, version=f"spaCy {spacy.__version__}")
