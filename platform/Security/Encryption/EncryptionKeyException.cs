namespace Navi.Platform.Security.Encryption;

/// <summary>A wrapping key is missing, malformed, weak, or readable by others. The message names the setting or the file and says what would be right.</summary>
public sealed class EncryptionKeyException(string message, Exception? inner = null) : Exception(message, inner);
