using System.Diagnostics;
using Navi.Functions.OpenApi.Document;

namespace Navi.Functions.Tests.OpenApi;

/// <summary>A public validator's word on the document: the npm package @seriousme/openapi-schema-validator, which holds it against the schema that the OpenAPI Initiative publishes for 3.1.</summary>
public sealed class ValidatorTests(ITestOutputHelper output)
{
    private const string Package = "@seriousme/openapi-schema-validator@2.11.0";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Document_HeldAgainstTheOpenApiSchema_IsValid()
    {
        var (code, text) = await ValidateAsync(ApiDocument.Bytes);
        output.WriteLine($"{Package}: exit {code}: {text}");
        Assert.True(code == 0, text);
    }

    [Fact]
    public async Task Document_WithAnOperationThatAnswersNothing_IsRefused()
    {
        var broken = System.Text.Json.Nodes.JsonNode.Parse(ApiDocument.Bytes)!;
        broken["paths"]!["/healthz"]!["get"]!["responses"]!["200"] = 7;
        var (code, _) = await ValidateAsync(System.Text.Encoding.UTF8.GetBytes(broken.ToJsonString()));
        Assert.NotEqual(0, code);
    }

    private static async Task<(int Code, string Text)> ValidateAsync(byte[] document)
    {
        var directory = Directory.CreateTempSubdirectory("navi-openapi-").FullName;
        try
        {
            var file = Path.Combine(directory, "openapi.json");
            await File.WriteAllBytesAsync(file, document);
            using var npx = Process.Start(new ProcessStartInfo("npx", ["--yes", "--package", Package, "validate-api", file])
            {
                WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            using var limit = new CancellationTokenSource(Patience);
            var said = await Task.WhenAll(npx.StandardOutput.ReadToEndAsync(limit.Token), npx.StandardError.ReadToEndAsync(limit.Token));
            await npx.WaitForExitAsync(limit.Token);
            return (npx.ExitCode, string.Concat(said).Trim());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
