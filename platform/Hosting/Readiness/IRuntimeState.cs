namespace Navi.Platform.Hosting.Readiness;

/// <summary>What a host that runs the durable backend in this process knows of it. A host whose backend is elsewhere registers none.</summary>
public interface IRuntimeState
{
    /// <summary>Null while the worker of this process is alive, or when it has none by choice; else what is wrong, in one sentence for everybody.</summary>
    string? Problem { get; }
}
