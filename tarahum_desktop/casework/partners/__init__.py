"""Agreements with partners, and referring people to them within what agreement and consent allow."""
