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
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            // PostgreSQL takes no NUL, and OpenIddict asks it for whatever was sent. What is read once can be read again.
            return form.Any(f => f.Value.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true)) ? throw new InvalidDataException("A field has a NUL character.") : form;
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(Problem.Of(400, "malformed", "The form can't be read.", e.Message));
        }
    }
}
