"""How the model is made; nothing here is needed to run it."""
