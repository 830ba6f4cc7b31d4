"""The staff at the door and in their own rooms: signing in, second factors, accounts."""
