"""A local Google: Sheets v4 and Drive v3 over HTTP, as far as careersheets asks for them.

What a request may hold is checked against the discovery documents that come with Google's own client; what is not
modelled answers 501, never a silent 200. Held against recorded traffic by tests/google/test_recorded_traffic.py.
"""
