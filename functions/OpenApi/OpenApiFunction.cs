using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Document;

namespace Navi.Functions.OpenApi;

/// <summary>GET /openapi.json.</summary>
public sealed class OpenApiFunction
{
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(ApiDocument.Bytes))[..32]}\"");

    /// <summary>This build's interface as an OpenAPI 3.1 document.</summary>
    [Function(nameof(GetOpenApi))]
    [Operation("Service", "This document.")]
    [RequestHeader("If-None-Match", "The ETag of the document that the caller has.")]
    [Answers(200, "The document.", MediaType = "application/json")]
    [Answers(304, "The caller has it.")]
    public static IResult GetOpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Bytes(ApiDocument.Bytes, "application/json", entityTag: Tag);
}
