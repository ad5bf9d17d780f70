"""Notebooks that nbval runs write their figures to a folder of their own, not to the tree."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="karabakh_data-figures-")
os.environ["KARABAKH_DATA_FIGURES"] = _folder.name  # kernels inherit it
