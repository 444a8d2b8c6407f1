using System.Net;
using Navi.Cli.Api;

namespace Navi.Cli.GoLive.Checks;

/// <summary>NAVI's own keys.</summary>
internal static class KeyChecks
{
    // More than Navi:SigningKeys:Lifetime may be.
    private static readonly TimeSpan Stuck = TimeSpan.FromDays(366);

    // As much as Navi:SigningKeys:RefreshEvery may be: a process publishes a new key when it reads the keys next.
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);

    /// <summary>Everything that is stored encrypted can be read with keys that NAVI reaches.</summary>
    public static async Task<Verdict> WrappingAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var keys = await ReadAsync(target, cancellation);
        var wrong = keys.Wrapping.Where(k => !k.Reachable && !k.Unused).Select(k => $"the key '{k.Id}', which {k.Envelopes} values need, can't be used: {k.Problem}")
            .Concat(keys.Unreadable.Select(c => $"{c.Envelopes} values of {c.Table}.{c.Column} are not what NAVI encrypts")).ToList();
        var current = keys.Wrapping.FirstOrDefault(k => k.Current);
        if (current is null)
            wrong.Add("there is no current wrapping key");
        return Verdict.Of(wrong, $"{keys.Wrapping.Sum(k => k.Envelopes)} encrypted values, each wrapped by one of {keys.Wrapping.Count(k => !k.Unused)} keys that work; current is '{current?.Id}'");
    }

    /// <summary>Signing keys are there, published, and have been rotated at least once.</summary>
    public static async Task<Verdict> SigningAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var keys = (await ReadAsync(target, cancellation)).Signing;
        var published = await PublishedAsync(target, cancellation);
        var wrong = new List<string>();
        foreach (var use in new[] { "sign", "encrypt" })
        {
            if (keys.FirstOrDefault(k => k.Use == use && k.State == "current") is not { } current)
                wrong.Add($"there is no current key to {use}");
            else if (target.Time.GetUtcNow() - current.ActiveFrom > Stuck)
                wrong.Add($"the key to {use} is in use since {current.ActiveFrom:yyyy-MM-dd}: its rotation stands still");
        }
        wrong.AddRange(keys.Where(k => k.Use == "sign" && k.ActiveFrom < target.Time.GetUtcNow() + Refresh && published?.Contains(k.Id) == false).Select(k => $"the signing key {k.Id} is not published"));
        var seen = string.Join(", ", keys.Select(k => $"{k.Use} {k.State} since {k.ActiveFrom:yyyy-MM-dd HH:mm}"));
        return wrong.Count > 0 ? Verdict.Of(wrong, "")
            : keys.Any(k => k.Use == "sign" && k.State != "current") ? Verdict.Passed(seen)
            : Verdict.Person($"no rotation has been seen here yet ({seen}): run 'navi keys rotate signing', then look again");
    }

    /// <summary>Ids of the published keys; null where this NAVI says that it is no issuer, because others sign its callers' tokens.</summary>
    public static async Task<IReadOnlySet<string>?> PublishedAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        try
        {
            var published = await target.Anonymous.JsonAsync(HttpMethod.Get, ".well-known/jwks", null, null, cancellation);
            return published.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!).ToHashSet();
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound && e.Type?.EndsWith("no-issuer", StringComparison.Ordinal) == true)
        {
            return null;
        }
    }

    private static async Task<KeysView> ReadAsync(GoLiveTarget target, CancellationToken cancellation) => NaviClient.Read<KeysView>(await target.Client.GetKeysAsync(cancellation));
}
