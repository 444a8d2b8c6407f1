using Navi.Agent.Policy.Rules;

namespace Navi.Agent.Policy.Yaml;

/// <summary>Finds and reads a policy: a file, or the shipped one.</summary>
internal static class PolicyFile
{
    private const string Shipped = "Navi.Agent.default-policy.yaml";
    private const int MostCharacters = 1 << 20;

    /// <param name="path">A file; null for the shipped policy.</param>
    /// <exception cref="PolicyFileException">It can't be read or is not a valid policy.</exception>
    public static PolicyRules Load(string? path)
    {
        if (path is null)
        {
            using var shipped = new StreamReader(typeof(PolicyFile).Assembly.GetManifestResourceStream(Shipped)!);
            return PolicyReader.Read(shipped.ReadToEnd(), "default-policy.yaml");
        }
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PolicyFileException($"PolicyOptions.Path: the policy file '{path}' can't be read: {e.Message}", e);
        }
        if (text.Length > MostCharacters)
            throw new PolicyFileException($"PolicyOptions.Path: the policy file '{path}' has {text.Length} characters; at most {MostCharacters} are read.");
        return PolicyReader.Read(text, path);
    }
}
