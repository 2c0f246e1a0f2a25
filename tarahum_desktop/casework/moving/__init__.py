"""Cases that change hands: between officers, between committees, into and out of restriction."""
