namespace Navi.Agent.Models.Boundary;

/// <summary>Makes the HTTP clients that models are called with: no redirect is followed, no request is repeated, and only the current call's addresses are reached.</summary>
internal static class ModelHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>A client for one entry.</summary>
    /// <param name="time">Clock for dates in Retry-After.</param>
    /// <param name="useProxy">False for private models: a proxy of the environment would see the connection.</param>
    public static HttpClient Create(TimeProvider time, bool useProxy) => new(new FailureHandler(new BoundaryHandler(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = useProxy,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
    }), time))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
