using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models.Boundary;

/// <summary>
/// The last thing before the network: a request to an address that the current call may not reach is refused before a connection is made, whatever asked for it. It does not
/// look into names: an allowed address is trusted to be what it says.
/// </summary>
internal sealed class BoundaryHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri is { } uri && EndpointBoundary.Allows(uri)
            ? base.SendAsync(request, cancellationToken)
            : throw new ModelCallException(ModelFailureKind.BoundaryRefused, $"A model call tried to reach {request.RequestUri?.Host}, which is not an endpoint that this call may use. Nothing was sent.");

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Models are called asynchronously.");
}
