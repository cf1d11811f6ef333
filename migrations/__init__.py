"""How the database came to be: numbered steps, the wall written once, the gate that checks it."""
