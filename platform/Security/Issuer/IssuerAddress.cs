using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;

namespace Navi.Platform.Security.Issuer;

/// <summary>Where NAVI's own issuer is reached, if there is one.</summary>
public sealed class IssuerAddress
{
    private readonly bool local;

    /// <summary>Reads the options.</summary>
    public IssuerAddress(IOptions<IssuerOptions> options, IOptions<NaviOptions> navi)
    {
        Configured = options.Value.PublicUrl is { Length: > 0 } given ? new Uri(given) : null;
        local = navi.Value.IsLocal;
    }

    /// <summary>The configured address; null in the Local environment without one, and where there is no issuer.</summary>
    public Uri? Configured { get; }

    /// <summary>The address under which a request reaches the issuer; null when there is none for it: only loopback names may stand in for a configured address.</summary>
    public Uri? Of(HttpRequest request)
    {
        if (Configured is not null)
            return Configured;
        return local && Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out var asked) && asked.IsLoopback ? asked : null;
    }

    /// <summary>Whether a token that names this issuer claims to be one of ours.</summary>
    public bool IsOurs(string issuer)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var named))
            return false;
        return Configured is not null ? named == Configured : local && named is { IsLoopback: true, Scheme: "http", PathAndQuery: "/" };
    }
}
