namespace Navi.Agent.Models.Boundary;

/// <summary>The addresses that the model call of the current flow of execution may reach. Outside of a call there are none.</summary>
internal static class EndpointBoundary
{
    private static readonly AsyncLocal<IReadOnlySet<string>?> Current = new();

    /// <summary>Opens the boundary for <paramref name="allowed"/> (<see cref="AuthorityOf"/>) until the result is disposed.</summary>
    public static IDisposable Enter(IReadOnlySet<string> allowed)
    {
        var before = Current.Value;
        Current.Value = allowed;
        return new Leave(before);
    }

    /// <summary>Whether the current call may reach <paramref name="uri"/>.</summary>
    public static bool Allows(Uri uri) => Current.Value?.Contains(AuthorityOf(uri)) == true;

    /// <summary>Scheme, host and port: what a connection goes to.</summary>
    public static string AuthorityOf(Uri uri) => uri.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.StrongPort, UriFormat.UriEscaped).ToLowerInvariant();

    private sealed class Leave(IReadOnlySet<string>? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
