namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>One open stream's place; disposing it twice gives it back once.</summary>
public sealed class EventStreamPlace : IDisposable
{
    private Action? giveBack;

    internal EventStreamPlace(Action giveBack) => this.giveBack = giveBack;

    /// <summary>Gives the place back.</summary>
    public void Dispose() => Interlocked.Exchange(ref giveBack, null)?.Invoke();
}
