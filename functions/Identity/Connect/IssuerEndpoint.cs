using Microsoft.AspNetCore.Http;
using Navi.Functions.Http;
using Navi.Platform.Security.Issuer;

namespace Navi.Functions.Identity.Connect;

/// <summary>What every endpoint of the issuer begins with.</summary>
internal static class IssuerEndpoint
{
    private const int LargestForm = 64 * 1024;

    /// <summary>The issuer's address for a request.</summary>
    /// <exception cref="ProblemException">There is no issuer here (404).</exception>
    public static Uri Require(IssuerAddress address, HttpRequest request) => address.Of(request) ?? throw new ProblemException(Problem.Of(
        404, "no-issuer", "This NAVI issues no tokens of its own.", "Its operator sets Navi:Issuer:PublicUrl; until then use a token of an issuer that it accepts."));

    /// <summary>Lets OpenIddict answer.</summary>
    public static async Task<IResult> AnswerAsync(IssuerGate gate, IssuerAddress address, HttpRequest request)
    {
        Require(address, request);
        if (HttpMethods.IsPost(request.Method))
            await IssuerForm.ReadAsync(request);
        return await gate.HandleAsync(request.HttpContext) ? Results.Empty : Problem.Of(404, "no-issuer", "The issuer has nothing at this address.");
    }

    /// <summary>Refuses a body that is larger than any form of the issuer, or whose size is not said.</summary>
    public static void Bound(HttpRequest request)
    {
        if (HttpMethods.IsPost(request.Method) && (request.ContentLength ?? LargestForm + 1) > LargestForm)
            throw new ProblemException(Problem.Of(413, "too-large", $"A form needs a Content-Length of at most {LargestForm} bytes."));
    }
}
