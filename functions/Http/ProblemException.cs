using Microsoft.AspNetCore.Http;

namespace Navi.Functions.Http;

/// <summary>Ends a request with a problem document.</summary>
internal sealed class ProblemException(IResult problem) : Exception("The request can't be served.")
{
    public IResult Problem { get; } = problem;
}
