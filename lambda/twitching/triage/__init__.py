"""The check's core: nouns in model, verbs in engine, proof in soundness. Standard library only."""
