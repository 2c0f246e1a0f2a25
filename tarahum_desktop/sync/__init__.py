"""How changes travel between replicas without loss."""
