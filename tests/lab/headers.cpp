// Carries the precompiled header of the test files.
