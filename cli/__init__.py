"""The commands behind ./run. Each reads its arguments, calls one room and writes the result; none decides anything."""
