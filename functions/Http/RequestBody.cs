using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Navi.Platform.Json;

namespace Navi.Functions.Http;

/// <summary>Reads bounded JSON bodies, strictly: what could be understood in two ways is refused.</summary>
internal static class RequestBody
{
    /// <summary>Largest body accepted where nothing else is said: 1 MiB.</summary>
    public const int Limit = 1 << 20;

    /// <summary>The body as <typeparamref name="T"/> and the SHA-256 of its bytes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Largest body accepted, in bytes.</param>
    /// <exception cref="ProblemException">
    /// Not declared as JSON in UTF-8 as it is (415), too large (413), or empty, not UTF-8, not JSON, too deep, with a member twice, or not of this shape (400); the member at fault is named.
    /// </exception>
    public static async Task<(T Value, string Digest)> ReadAsync<T>(HttpRequest request, int limit = Limit)
    {
        var bytes = await BytesAsync(request, limit);
        if (bytes.Length == 0)
            throw new ProblemException(Problem.Of(400, "malformed", "The body is empty; a JSON object is needed."));
        MediaTypes.RequireJson(request);
        if (!Utf8.IsValid(bytes))
            throw new ProblemException(Problem.Of(400, "malformed", "The body is not UTF-8."));
        try
        {
            if (StrictJson.DuplicateIn(bytes) is { } twice)
                throw new ProblemException(Problem.Of(400, "malformed", $"The body has the member '{Problem.Shown(twice)}' twice.", "Give each member of an object once.", Problem.Shown(twice)));
            var value = JsonSerializer.Deserialize<T>(bytes, NaviJson.Options);
            return value is null ? throw new ProblemException(Problem.Of(400, "malformed", "The body is null; a JSON object is needed.")) : (value, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Of(400, "malformed", "The body is not the JSON object that is expected.", e.Message, e.Path is null or "$" ? null : e.Path.Replace("$.", "", StringComparison.Ordinal)));
        }
    }

    private static async Task<byte[]> BytesAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength is { } declared && declared > limit)
            throw TooLarge(declared, limit);
        using var bytes = new MemoryStream();
        var buffer = new byte[16384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limit)
                throw TooLarge(bytes.Length, limit);
        }
        return bytes.ToArray();
    }

    private static ProblemException TooLarge(long size, int limit) =>
        new(Problem.Of(413, "too-large", $"The body has {size} bytes or more; at most {limit} are accepted.", limit == Limit ? "Put long material into the repository and refer to it by its path." : "Send less at once."));
}
