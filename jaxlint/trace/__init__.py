"""The abstract tracer: walks functions with abstract values, as JAX walks them with tracers, and reports what it sees."""
