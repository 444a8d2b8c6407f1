namespace Navi.Platform.Security.Encryption;

/// <summary>A ciphertext does not open: it was changed or cut, belongs elsewhere, or its key is missing or another one. The message says where it lies, never what it holds.</summary>
public sealed class CipherException(string message, Exception? inner = null) : Exception(message, inner);
