"""The matching as a pure function: frozen values and arrays in, a result out."""
