"""Words that a machine may say of itself and that tell nothing of its owner; whatever else it says is
``other`` in a bundle.
"""

from __future__ import annotations

TERMS = frozenset(
    {
        "alacritty",
        "ansi",
        "cygwin",
        "dumb",
        "eterm-color",
        "foot",
        "konsole",
        "linux",
        "ms-terminal",
        "putty",
        "rxvt",
        "rxvt-unicode",
        "rxvt-unicode-256color",
        "screen",
        "screen-256color",
        "screen.xterm-256color",
        "st",
        "st-256color",
        "tmux",
        "tmux-256color",
        "unknown",
        "vt100",
        "vt102",
        "vt220",
        "wezterm",
        "xterm",
        "xterm-256color",
        "xterm-color",
        "xterm-direct",
        "xterm-ghostty",
        "xterm-kitty",
        "xterm-mono",
    }
)
"""``TERM``."""
PROGRAMS = frozenset(
    {
        "Apple_Terminal",
        "Hyper",
        "WarpTerminal",
        "WezTerm",
        "ghostty",
        "iTerm.app",  # codespell:ignore iterm
        "mintty",
        "rio",
        "tabby",
        "tmux",
        "vscode",
        "zed",
    }
)
"""``TERM_PROGRAM``."""
MACHINES = frozenset(
    {
        "AMD64",
        "ARM64",
        "aarch64",
        "amd64",
        "arm64",
        "armv7l",
        "i686",
        "ppc64le",
        "riscv64",
        "s390x",
        "x86",
        "x86_64",
    }
)
PLATFORMS = frozenset({"android", "cygwin", "darwin", "freebsd", "linux", "win32"})
PYTHONS = frozenset({"CPython", "GraalPy", "PyPy"})
ENCODINGS = frozenset({"ascii", "cp1252", "cp437", "cp850", "iso8859-1", "iso8859-15", "mbcs", "utf-8"})
"""As Python names them."""
