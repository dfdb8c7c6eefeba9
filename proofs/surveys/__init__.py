"""Programs run inside a sandbox: what providers of effects ask before and after a script. Never imported."""
