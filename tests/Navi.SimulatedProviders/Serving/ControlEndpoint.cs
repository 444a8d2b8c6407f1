using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Navi.SimulatedProviders.Scenarios;

namespace Navi.SimulatedProviders.Serving;

/// <summary>POST /_control/scenario begins anew; GET /_control/log tells the requests; GET /_control/counters the sums.</summary>
internal sealed class ControlEndpoint(SimulatedProvider server)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("POST", "/_control/scenario"):
                using (var reader = new StreamReader(context.Request.Body))
                {
                    try
                    {
                        server.Restart(Scenario.Read(await reader.ReadToEndAsync()));
                        context.Response.StatusCode = StatusCodes.Status204NoContent;
                    }
                    catch (JsonException e)
                    {
                        context.Response.StatusCode = StatusCodes.Status400BadRequest;
                        await context.Response.WriteAsJsonAsync(new { error = e.Message });
                    }
                }
                break;
            case ("GET", "/_control/log"):
                await context.Response.WriteAsJsonAsync(server.Requests, Json);
                break;
            case ("GET", "/_control/counters"):
                var log = server.Requests;
                await context.Response.WriteAsJsonAsync(new
                {
                    requests = log.Count, connections = server.Connections, violations = server.Violations.Count, input_tokens = log.Sum(r => (long)(r.Usage?.Input ?? 0)),
                    cached_tokens = log.Sum(r => (long)(r.Usage?.Cached ?? 0)), output_tokens = log.Sum(r => (long)(r.Usage?.Output ?? 0)),
                    statuses = log.GroupBy(r => r.Status).ToDictionary(g => $"{g.Key}", g => g.Count()), faults = log.Where(r => r.Fault is not null).GroupBy(r => r.Fault!).ToDictionary(g => g.Key, g => g.Count()),
                }, Json);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
