using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>What makes two errors the same: type, component, operation, and the way through the code without its line numbers; without a stack, the message without what differs from time to time.</summary>
internal static partial class ErrorDigest
{
    // The innermost frames say where; the outermost are the same for everything.
    private const int Frames = 15;

    public static string Of(ErrorReport report, string? stack) =>
        Sha256(string.Join('\n', report.Type, report.Component, report.Operation, stack is null ? ErrorSignature.Of(report.Message) : Shape(stack)));

    /// <summary>Digest of the stack alone; null without one.</summary>
    public static string? OfStack(string? stack) => stack is null ? null : Sha256(Shape(stack));

    private static string Shape(string stack)
    {
        var lines = stack.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var frames = lines.Where(l => l.StartsWith("at ", StringComparison.Ordinal)).ToArray();
        return string.Join('\n', (frames.Length > 0 ? frames : lines).Take(Frames).Select(l => ErrorSignature.Of(File().Replace(l, ""))));
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Where the file lay when it was built says nothing.
    [GeneratedRegex(@" in \S[^\r\n]*:line \d+$", RegexOptions.CultureInvariant)]
    private static partial Regex File();
}
