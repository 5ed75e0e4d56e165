"""The material: project store, documents, narratieven. Knows what was said."""
