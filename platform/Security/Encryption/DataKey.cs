namespace Navi.Platform.Security.Encryption;

/// <summary>A data key in the clear, in memory only, with its stored form.</summary>
/// <param name="wrapped">What is stored of it.</param>
/// <param name="bytes">256 random bits.</param>
/// <param name="madeAt">Time stamp of its making.</param>
/// <param name="uses">How many values it may encrypt.</param>
internal sealed class DataKey(WrappedKey wrapped, byte[] bytes, long madeAt, int uses)
{
    private int left = uses;

    public WrappedKey Wrapped { get; } = wrapped;

    public byte[] Bytes { get; } = bytes;

    public long MadeAt { get; } = madeAt;

    /// <summary>Counts one use; false when none is left.</summary>
    public bool TryUse() => Interlocked.Decrement(ref left) >= 0;
}
