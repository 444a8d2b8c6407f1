System.Console.WriteLine("navi");
