// The flow language.
