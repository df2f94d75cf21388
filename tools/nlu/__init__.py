"""How well the interaction model is understood: accuracy, cross-validation, conflicts.

Amazon withdrew its own tools for this. What is measured here is the simulator's recogniser, which
learns from the model's samples as Alexa's does; the figures on a device can differ.
"""
