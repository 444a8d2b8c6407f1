namespace Navi.Testing;

/// <summary>What a test found out besides that it passed: <c>navi test</c> prints it at its end.</summary>
public static class Figures
{
    /// <summary>Keeps them as a file of the directory that NAVI_TEST_FIGURES names; without it they are not kept.</summary>
    /// <param name="name">Of what, such as <c>restore</c>.</param>
    /// <param name="text">Lines.</param>
    public static void Keep(string name, string text)
    {
        if (Environment.GetEnvironmentVariable("NAVI_TEST_FIGURES") is { Length: > 0 } directory)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory).FullName, name + ".txt"), text.TrimEnd() + "\n");
    }
}
