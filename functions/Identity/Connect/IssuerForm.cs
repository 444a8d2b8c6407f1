using Microsoft.AspNetCore.Http;
using Navi.Functions.Http;

namespace Navi.Functions.Identity.Connect;

/// <summary>Reads the small forms of the issuer's pages.</summary>
internal static class IssuerForm
{
    /// <exception cref="ProblemException">No form (415), or too large (413).</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request)
    {
        IssuerEndpoint.Bound(request);
        if (!request.HasFormContentType)
            throw new ProblemException(Problem.Of(415, "unsupported-media-type", $"The body is '{Problem.Shown(request.ContentType ?? "")}'; application/x-www-form-urlencoded is needed."));
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(Problem.Of(400, "malformed", "The form can't be read.", e.Message));
        }
    }
}
