"""What a client has agreed to: agreement texts with versions, signatures, kinds of data, and taking any of it back."""
