"""Parts of Word documents as text, for building the templates that come with the package."""
