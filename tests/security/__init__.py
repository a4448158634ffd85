"""Suites that attack the product. They find its routes, forms, serializers and uploads by themselves."""
