"""How the shipped model was made; needs the ``transformers`` extra."""
