namespace Navi.Portable.Host;

/// <summary>Fires when a draining host has waited long enough for its running requests.</summary>
internal sealed class DrainToken : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public CancellationToken Token => source.Token;

    public void CancelAfter(TimeSpan patience) => source.CancelAfter(patience);

    public void Dispose() => source.Dispose();
}
