"""What holds for every test: no screen is needed, and nobody's own settings or language play along."""

import os
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("NARRATIEF_HOME", tempfile.mkdtemp(prefix="narratief-tests-"))
