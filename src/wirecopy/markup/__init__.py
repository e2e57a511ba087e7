"""Bytes to text: decoding, safe XML, HTML fragments, invisible characters."""
